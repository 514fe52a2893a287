//! Objects as they are named: what serde derives for a struct also takes a list, and fills the fields by their place.
//! Read through [`Named`], no object of a body does, however deep it stands.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor},
};

/// Whatever is read, and whatever reads it, with objects as objects only.
pub(super) struct Named<T>(pub(super) T);

macro_rules! deserialize {
    ($($method:ident($($arg:ident: $kind:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($arg: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($arg,)* Named(visitor))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Named<D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Named(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident($kind:ty);)*) => {
        $(fn $method<E: Error>(self, value: $kind) -> Result<V::Value, E> { self.0.$method(value) })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<V> {
    type Value = V::Value;

    visit! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Named(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Named(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Named(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Named(fields))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Named(choice))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Named<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Named(inner))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Named<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Named(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Named<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(Named(seed))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Named(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Named<A> {
    type Error = A::Error;
    type Variant = Named<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        self.0.variant_seed(Named(seed)).map(|(value, variant)| (value, Named(variant)))
    }
}

/// The fields of a variant, read as an object.
struct Fields<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, fields: D) -> Result<V::Value, D::Error> {
        fields.deserialize_map(Named(self.0))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Named<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Named(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Named(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.newtype_variant_seed(Fields(visitor))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Point {
        x: i64,
        y: f64,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole(Point);

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Empty,
        At(Point),
        Between(Point, Point),
        Round { at: Point, name: String },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Plan {
        whole: Whole,
        some: Option<Point>,
        pair: (bool, u8),
        by_name: BTreeMap<String, Vec<Shape>>,
    }

    fn read(text: &str) -> serde_json::Result<Plan> {
        Plan::deserialize(Named(&mut serde_json::Deserializer::from_str(text)))
    }

    #[test]
    fn v13_v44_no_list_stands_for_an_object() {
        const POINT: &str = r#"{"x": 1, "y": 2.5}"#;
        let plan = |whole: &str, some: &str, shapes: &str| {
            format!(
                r#"{{"whole": {whole}, "some": {some}, "pair": [true, 7], "by_name": {{"a": [{shapes}]}}}}"#
            )
        };
        let shapes = format!(
            r#""Empty", {{"At": {POINT}}}, {{"Between": [{POINT}, {POINT}]}}, {{"Round": {{"at": {POINT}, "name": "r"}}}}"#
        );
        let read_whole = read(&plan(POINT, POINT, &shapes)).unwrap();
        let point = || Point { x: 1, y: 2.5 };
        assert_eq!((&read_whole.whole, read_whole.pair), (&Whole(point()), (true, 7)));
        let round = Shape::Round { at: point(), name: "r".into() };
        let all = [Shape::Empty, Shape::At(point()), Shape::Between(point(), point()), round];
        assert_eq!(read_whole.by_name["a"], all);
        assert_eq!(read(&plan(POINT, "null", "")).unwrap().some, None);
        for list in [
            plan("[1, 2.5]", POINT, ""),
            plan(POINT, "[1, 2.5]", ""),
            plan(POINT, "null", r#"{"At": [1, 2.5]}"#),
            plan(POINT, "null", r#"{"Between": [[1, 2.5], [1, 2.5]]}"#),
            plan(POINT, "null", r#"{"Round": [{"x": 1, "y": 2.5}, "r"]}"#),
            plan(POINT, "null", r#"{"Round": {"at": [1, 2.5], "name": "r"}}"#),
            format!(r#"[{POINT}, null, [true, 7], {{}}]"#),
        ] {
            // serde alone takes each of them.
            serde_json::from_str::<Plan>(&list).unwrap();
            assert!(read(&list).unwrap_err().is_data(), "{list}");
        }
    }
}
