//! 三统筹 Pages of what must be seen to: the desk; 东组通〔2015〕33号 二（三）.
