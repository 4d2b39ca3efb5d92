//! Floor 2: the only SQL; SQLite and PostgreSQL speak one text.
