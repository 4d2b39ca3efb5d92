//! Floor 3: everything that happens; the one door for writing and the one for reading.
