//! Canonical JSON and its SHA-256, by which a frozen thing is recognised for ever.
//!
//! Canonical means: no blanks, object keys in byte order, integers only. This module does not know what it hashes.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The canonical JSON of a value of this crate.
///
/// Keys are sorted here rather than by `serde_json`, whose order depends on features that any crate of a build may switch on.
pub fn canonical_json<T: Serialize + ?Sized>(value: &T) -> String {
    #[expect(
        clippy::expect_used,
        reason = "the types of this crate have string keys and derived or total serializers; a silent fallback would make hashes collide"
    )]
    let value = serde_json::to_value(value).expect("a type of this crate serializes");
    let mut out = String::new();
    write(&value, &mut out);
    out
}

/// SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|one, other| one.0.cmp(other.0));
            out.push('{');
            for (index, (key, item)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
        Value::String(text) => write_text(text, out),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn write_text(text: &str, out: &mut String) {
    if text.bytes().any(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\')) {
        out.push_str(&Value::from(text).to_string());
    } else {
        // Nothing to escape, as nearly always.
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth() {
        assert_eq!(
            canonical_json(&json!({"b": {"d": 1, "c": "あ"}, "a": [null, true]})),
            r#"{"a":[null,true],"b":{"c":"あ","d":1}}"#
        );
    }

    #[test]
    fn texts_are_escaped_as_json_escapes_them() {
        for text in ["", "再委託", "a\"b\\c", "line\nbreak\u{1}", "\u{7f}\u{2028}/"] {
            assert_eq!(canonical_json(text), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
