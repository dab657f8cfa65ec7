"""Pages of the applicant place."""
