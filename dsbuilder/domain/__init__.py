"""What a form, a dossier and a decision are: frozen values and plain functions, without a framework or a database."""
