//! Values in PostgreSQL's binary formats.

use jiff::Timestamp;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use uuid::Uuid;

use crate::{Value, row::Cell, value::Raw};

type Wrong = Box<dyn std::error::Error + Sync + Send>;

/// PostgreSQL counts from 2000-01-01: in microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match (self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(v), &Type::INT8) => v.to_sql(ty, out),
            (Value::Int(v), &Type::INT4) => i32::try_from(*v)?.to_sql(ty, out),
            (Value::Text(v), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => {
                v.as_ref().to_sql(ty, out)
            }
            (Value::Bytes(v), &Type::BYTEA) => v.as_ref().to_sql(ty, out),
            (Value::Uuid(v), &Type::UUID) => v.to_sql(ty, out),
            (Value::Time(v), &Type::TIMESTAMPTZ) => (v.as_microsecond() - EPOCH).to_sql(&Type::INT8, out),
            (Value::Json(v), &Type::JSONB) => {
                // The version of the format, then the text.
                out.extend_from_slice(&[1]);
                out.extend_from_slice(v.as_bytes());
                Ok(IsNull::No)
            }
            (value, ty) => Err(format!("a {ty} cannot hold {}", kind(value)).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

/// The kind of a value; never the value, which may be personal.
fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Int(_) => "a whole number",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
        Value::Uuid(_) => "an id",
        Value::Time(_) => "an instant",
        Value::Json(_) => "JSON",
    }
}

impl<'r> FromSql<'r> for Raw<'r> {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Wrong> {
        Ok(match *ty {
            Type::INT8 => Raw::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Raw::Int(i32::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Raw::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Raw::Real(f32::from_sql(ty, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => Raw::Text(<&str>::from_sql(ty, raw)?),
            Type::BYTEA => Raw::Bytes(raw),
            Type::UUID => Raw::Uuid(Uuid::from_sql(ty, raw)?),
            Type::TIMESTAMPTZ => {
                let since_2000 = i64::from_sql(&Type::INT8, raw)?;
                let micros = since_2000.checked_add(EPOCH).ok_or("an instant out of range")?;
                Raw::Time(Timestamp::from_microsecond(micros)?)
            }
            Type::JSONB => match raw.split_first() {
                Some((1, text)) => Raw::Json(std::str::from_utf8(text)?),
                _ => return Err("an unknown version of jsonb".into()),
            },
            _ => return Err(format!("a column of type {ty}").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Wrong> {
        Ok(Raw::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

pub(crate) fn cell(row: &tokio_postgres::Row, column: usize) -> Cell<'_> {
    row.try_get(column).ok()
}
