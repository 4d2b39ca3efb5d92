//! FLOOR 5: the command line.

fn main() {}
