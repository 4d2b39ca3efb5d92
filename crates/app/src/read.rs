//! 读取之门 Reading: the one door for pages, by audience.
