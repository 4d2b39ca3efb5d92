//! Floor 4: the only HTML, JSON and Chinese sentences.
