"""Services outside: for each a protocol, its real class, and a stand-in that works offline."""
