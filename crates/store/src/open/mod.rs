//! 四公开 Rows of suggestions and notices; 东组通〔2015〕33号 二（四）.

pub mod notice;
pub mod suggestion;
