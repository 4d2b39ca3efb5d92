//! Floor 0: the mathematics of the public record; no clock, no dice, no IO.
