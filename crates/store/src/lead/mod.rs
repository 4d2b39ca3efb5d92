//! 一核心 Rows of bodies, posts and persons; 东组通〔2015〕33号 二（一）.

pub mod body;
pub mod mechanism;
pub mod person;
pub mod post;
pub mod roll;
