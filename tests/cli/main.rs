//! 命令行的故事 Stories of the program itself, told through its command line and its addresses, as its operators and strangers use it.

mod browser;
mod faults;
mod flipped;
mod key;
mod kill;
mod life;
mod outage;
mod people;
mod place;
mod stranger;
mod words;
