//! Floor 1: the mechanism as pure law; no clock, no dice, no database.
