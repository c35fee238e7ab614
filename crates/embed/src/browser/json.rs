use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// What JavaScript has parsed, as a value. A parser of our own would be a twentieth of all that an embedded quiz may weigh.
/// `depth` is how far down it goes; what lies deeper, and what JSON does not have, is null.
pub(crate) fn value(of: &JsValue, depth: u32) -> Value {
    if let Some(text) = of.as_string() {
        return Value::String(text);
    }
    if let Some(number) = of.as_f64() {
        return Value::Number(self::number(number));
    }
    if let Some(flag) = of.as_bool() {
        return Value::Bool(flag);
    }
    let Some(depth) = depth.checked_sub(1) else {
        return Value::Null;
    };
    if let Some(list) = of.dyn_ref::<js_sys::Array>() {
        return Value::Array((0..list.length()).map(|at| value(&list.get(at), depth)).collect());
    }
    let Some(object) = of.dyn_ref::<js_sys::Object>() else {
        return Value::Null;
    };
    let names = js_sys::Object::keys(object);
    let mut fields = Map::new();
    for at in 0..names.length() {
        let name = names.get(at);
        if let (Ok(it), Some(name)) = (js_sys::Reflect::get(of, &name), name.as_string()) {
            fields.insert(name, value(&it, depth));
        }
    }
    Value::Object(fields)
}

/// Whole numbers are whole again: JavaScript knows one kind alone.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)] // compared afterwards
fn number(number: f64) -> Number {
    let whole = number as u64;
    if whole as f64 == number {
        return whole.into();
    }
    Number::from_f64(number).unwrap_or_else(|| 0.into())
}
