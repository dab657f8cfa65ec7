"""dsbuilder: put a procedure online, receive the dossiers, decide together."""
