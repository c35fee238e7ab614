use crate::sorted::BTreeMap;

/// What stands in a JSON text. Of numbers only whole ones: nothing that is read here has others, and what is no whole
/// number reads as null.
///
/// `serde_json` is for the course compiler and the tests: its numbers alone take more room than this.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Json {
    /// Nothing, or what is not there.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Fields by name; of two with one name the last.
    Object(BTreeMap<String, Json>),
}

/// What is not there.
static NULL: Json = Json::Null;

impl Json {
    /// Reads a text, or says in which line and column it stops being JSON.
    pub(crate) fn read(text: &str) -> Result<Self, (usize, usize)> {
        let mut reader = Reader {
            rest: text.chars(),
            depth: 0,
        };
        let value = reader.value();
        if value.is_some() {
            reader.space();
        }
        match value.filter(|_| reader.rest.as_str().is_empty()) {
            Some(value) => Ok(value),
            None => {
                let end = text.len() - reader.rest.as_str().len();
                let before = text.get(..end).unwrap_or_default();
                let (mut line, mut column) = (1, 1);
                for letter in before.chars() {
                    (line, column) = if letter == '\n' {
                        (line + 1, 1)
                    } else {
                        (line, column + 1)
                    };
                }
                Err((line, column))
            }
        }
    }

    /// A field of an object, null where there is none.
    pub(crate) fn get(&self, name: &str) -> &Json {
        match self {
            Json::Object(fields) => fields.get(name).unwrap_or(&NULL),
            _ => &NULL,
        }
    }

    /// Takes a field out of an object.
    pub(crate) fn take(&mut self, name: &str) -> Json {
        match self {
            Json::Object(fields) => fields.remove(name).unwrap_or_default(),
            _ => Json::Null,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Json::Bool(is_set) => Some(*is_set),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Json]> {
        match self {
            Json::List(values) => Some(values),
            _ => None,
        }
    }

    pub(crate) fn object(&self) -> Option<&BTreeMap<String, Json>> {
        match self {
            Json::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Json::Null,
            Value::Bool(is_set) => Json::Bool(*is_set),
            Value::Number(number) => number.as_i64().map_or(Json::Null, Json::Number),
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(values) => Json::List(values.iter().map(Json::from).collect()),
            Value::Object(fields) => Json::Object(
                fields
                    .iter()
                    .map(|(name, value)| (name.clone(), value.into()))
                    .collect(),
            ),
        }
    }
}

/// How deep lists and objects may lie in each other.
const DEPTH: usize = 100;

struct Reader<'a> {
    rest: std::str::Chars<'a>,
    depth: usize,
}

impl Reader<'_> {
    fn space(&mut self) {
        let rest = self.rest.as_str().trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest = rest.chars();
    }

    /// Takes a sign, with the space before it, where it is the next.
    fn takes(&mut self, sign: char) -> bool {
        self.space();
        let mut after = self.rest.clone();
        let is_next = after.next() == Some(sign);
        if is_next {
            self.rest = after;
        }
        is_next
    }

    fn value(&mut self) -> Option<Json> {
        if self.takes('"') {
            return self.text().map(Json::Text);
        }
        if self.takes('[') {
            let mut values = Vec::new();
            self.all(']', &mut |reader| {
                values.push(reader.value()?);
                Some(())
            })?;
            return Some(Json::List(values));
        }
        if self.takes('{') {
            let mut fields = BTreeMap::new();
            self.all('}', &mut |reader| {
                if !reader.takes('"') {
                    return None;
                }
                let name = reader.text()?;
                if !reader.takes(':') {
                    return None;
                }
                let value = reader.value()?;
                fields.insert(name, value);
                Some(())
            })?;
            return Some(Json::Object(fields));
        }
        let text = self.rest.as_str();
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.');
        let rest = text.trim_start_matches(is_word);
        let word = text.strip_suffix(rest)?;
        let value = match word {
            "null" => Json::Null,
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => number(word)?,
        };
        self.rest = rest.chars();
        Some(value)
    }

    /// What stands between commas, up to the sign that ends it.
    fn all(&mut self, end: char, each: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        if !self.takes(end) {
            loop {
                each(self)?;
                if self.takes(end) {
                    break;
                }
                if !self.takes(',') {
                    return None;
                }
            }
        }
        self.depth -= 1;
        Some(())
    }

    /// The rest of a text, behind its first quotation mark.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let before = self.rest.clone();
            let letter = match self.rest.next()? {
                '"' => return Some(text),
                '\\' => match self.rest.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => self.escape()?,
                    letter @ ('"' | '\\' | '/') => letter,
                    _ => return None,
                },
                letter if letter < ' ' => {
                    self.rest = before;
                    return None;
                }
                letter => letter,
            };
            text.push(letter);
        }
    }

    /// The letter of `\u00e4`, or of two such halves.
    fn escape(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        if self.rest.next()? != '\\' || self.rest.next()? != 'u' {
            return None;
        }
        let second = self.hex()?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + second)
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        Some(code)
    }
}

/// A number as JSON writes it.
fn number(word: &str) -> Option<Json> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let after = digits.trim_start_matches(is_digit);
    let whole = digits.len() - after.len();
    if whole == 0 || whole > 1 && digits.starts_with('0') {
        return None;
    }
    if after.is_empty() {
        return Some(word.parse().map_or(Json::Null, Json::Number));
    }
    // A fraction, an exponent, or both: it has to be one, but nobody asks which.
    let mut rest = after;
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(is_digit);
        if rest.len() == fraction.len() {
            return None;
        }
    }
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        rest = power.trim_start_matches(is_digit);
        if rest.len() == power.len() {
            return None;
        }
    }
    rest.is_empty().then_some(Json::Null)
}

/// Writes JSON piece by piece. Commas come by themselves.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
}

impl Writer {
    /// What was written.
    pub(crate) fn done(self) -> String {
        self.text
    }

    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }

    /// A text among others.
    pub(crate) fn text(&mut self, text: &str) {
        self.comma();
        self.text.push('"');
        for letter in text.chars() {
            let escape = match letter {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                control if control < ' ' => {
                    self.text.push_str("\\u00");
                    for digit in [control as u32 / 16, control as u32 % 16] {
                        self.text.extend(char::from_digit(digit, 16));
                    }
                    continue;
                }
                letter => {
                    self.text.push(letter);
                    continue;
                }
            };
            self.text.push_str(escape);
        }
        self.text.push('"');
    }

    /// The name of a field; its value comes next.
    pub(crate) fn name(&mut self, name: &str) {
        self.text(name);
        self.text.push(':');
    }

    /// A piece that is JSON already: a number, yes or no, what was written elsewhere.
    pub(crate) fn raw(&mut self, json: &str) {
        self.comma();
        self.text.push_str(json);
    }

    /// A field with a text.
    pub(crate) fn field(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// Two numbers in a list.
    pub(crate) fn pair(&mut self, a: i32, b: i32) {
        self.open('[');
        self.raw(&a.to_string());
        self.raw(&b.to_string());
        self.close(']');
    }

    /// Begins a list or an object.
    pub(crate) fn open(&mut self, sign: char) {
        self.comma();
        self.text.push(sign);
    }

    /// Ends it.
    pub(crate) fn close(&mut self, sign: char) {
        self.text.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Json, Writer};

    #[test]
    fn what_is_no_json_says_where() {
        for (text, at) in [
            ("", (1, 1)),
            ("{\"a\":1,}", (1, 8)),
            ("{\"a\" 1}", (1, 6)),
            ("[1,\n 2 3]", (2, 4)),
            ("\"a\nb\"", (1, 3)),
            ("\"abc", (1, 5)),
            ("01", (1, 1)),
            ("1.", (1, 1)),
            ("1e", (1, 1)),
            ("nul", (1, 1)),
            ("[1] 2", (1, 5)),
            ("{1:2}", (1, 2)),
        ] {
            assert_eq!(Json::read(text), Err(at), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        }
        let deep = "[".repeat(200_000);
        assert!(Json::read(&deep).is_err());
    }

    #[test]
    fn escapes_are_read() {
        let text = r#""\u00e4\ud83d\ude00\n\"\\\/\b\f\r\t""#;
        let Ok(Json::Text(read)) = Json::read(text) else {
            panic!("not read");
        };
        assert_eq!(read, "ä😀\n\"\\/\u{8}\u{c}\r\t");
        for broken in [
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\x""#,
            r#""\u12g4""#,
            r#""\ud83d\u0041""#,
        ] {
            assert!(Json::read(broken).is_err(), "{broken}");
        }
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            any::<u64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
            "[ -~äé😀\n]{0,6}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
                prop::collection::btree_map("[a-c\"\\\\é]{0,3}", inner, 0..5)
                    .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_others_write(value in values(), is_pretty: bool) {
            let text = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            prop_assert_eq!(Json::read(&text.unwrap_or_default()), Ok(Json::from(&value)));
        }

        #[test]
        fn it_takes_what_others_take(text in "[\\[\\]{}:,\"\\\\ 0-9.eE+tru\\-\n]{0,12}") {
            // Minus zero is no whole number to them, and numbers that are too large are none at all.
            prop_assume!(!text.contains("-0"));
            let other: Result<serde_json::Value, _> = serde_json::from_str(&text);
            match other {
                Ok(value) => prop_assert_eq!(Json::read(&text), Ok(Json::from(&value))),
                Err(error) if error.to_string().contains("out of range") => {}
                Err(_) => prop_assert!(Json::read(&text).is_err(), "{}", text),
            }
        }

        #[test]
        fn others_read_what_it_writes(text: String) {
            let mut writer = Writer::default();
            writer.open('[');
            writer.text(&text);
            writer.open('{');
            writer.field("a", "b");
            writer.name(&text);
            writer.pair(-1, 2);
            writer.close('}');
            writer.raw("true");
            writer.close(']');
            let read: serde_json::Value = serde_json::from_str(&writer.done()).unwrap_or_default();
            let mut fields = serde_json::json!({"a": "b"});
            fields[&text] = serde_json::json!([-1, 2]);
            prop_assert_eq!(read, serde_json::json!([text, fields, true]));
        }
    }
}
