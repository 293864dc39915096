"""SQLAlchemy behind the ports. Rows never leave this package; only ``work`` commits."""
