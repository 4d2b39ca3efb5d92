//! 一核心 The one core: bodies, posts and the persons who hold them; 东组通〔2015〕33号 二（一）.

pub mod body;
pub mod mechanism;
pub mod person;
pub mod post;
pub mod roll;
