//! Statements over several rows, in few sizes, so that the databases' statement caches hold them.

use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use crate::dialect::{Parameters, Write};

/// The most rows that one statement takes.
pub(crate) const MOST_ROWS: usize = 64;
const SIZES: usize = MOST_ROWS.ilog2() as usize + 1;

/// A statement that takes rows of parameters between its head and its tail.
pub(crate) struct Shape {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    in_turn: [OnceLock<SqlStr>; SIZES],
    numbered: [OnceLock<SqlStr>; SIZES],
}

impl Shape {
    /// The rows are written as `(…, …), (…, …)`; those of one column without parentheses.
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            tail,
            in_turn: [const { OnceLock::new() }; SIZES],
            numbered: [const { OnceLock::new() }; SIZES],
        }
    }

    /// The rows in as few statements as the sizes allow, each with the rows it takes.
    pub(crate) fn statements<'a, T>(
        &self,
        tx: &Write<'_>,
        rows: &'a [T],
    ) -> Vec<(SqlStr, &'a [T])> {
        in_sizes(rows)
            .map(|(size, rows)| (self.sql(tx.parameters(), size), rows))
            .collect()
    }

    fn sql(&self, parameters: Parameters, size: usize) -> SqlStr {
        let sizes = match parameters {
            Parameters::InTurn => &self.in_turn,
            Parameters::Numbered => &self.numbered,
        };
        sizes[size]
            .get_or_init(|| AssertSqlSafe(self.write(parameters, 1 << size)).into_sql_str())
            .clone()
    }

    fn write(&self, parameters: Parameters, rows: usize) -> String {
        let mut places = (1..).map(|place| match parameters {
            Parameters::InTurn => "?".to_owned(),
            Parameters::Numbered => format!("${place}"),
        });
        let rows: Vec<String> = (0..rows)
            .map(|_| {
                let row: Vec<String> = places.by_ref().take(self.columns).collect();
                match self.columns {
                    1 => row.concat(),
                    _ => format!("({})", row.join(", ")),
                }
            })
            .collect();
        format!("{} {} {}", self.head, rows.join(", "), self.tail)
    }
}

/// Rows cut into powers of two, each with its exponent, the largest first.
fn in_sizes<T>(rows: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = rest.len().min(MOST_ROWS).checked_ilog2()?;
        let (now, later) = rest.split_at(1 << size);
        rest = later;
        Some((size as usize, now))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_through_the_rows_or_come_in_turn() {
        let pairs = Shape::new("insert into t (a, b) values", 2, "returning a");
        let singles = Shape::new("select a from t where a in (", 1, ")");

        assert_eq!(
            pairs.sql(Parameters::Numbered, 1).as_str(),
            "insert into t (a, b) values ($1, $2), ($3, $4) returning a"
        );
        assert_eq!(
            pairs.sql(Parameters::InTurn, 1).as_str(),
            "insert into t (a, b) values (?, ?), (?, ?) returning a"
        );
        assert_eq!(
            singles.sql(Parameters::Numbered, 1).as_str(),
            "select a from t where a in ( $1, $2 )"
        );
    }

    #[test]
    fn any_number_of_rows_is_taken_in_sizes_of_two_to_the_n() {
        for count in 0..=200 {
            let rows = vec![(); count];
            let sizes: Vec<usize> = in_sizes(&rows).map(|(_, rows)| rows.len()).collect();
            assert_eq!(sizes.iter().sum::<usize>(), count);
            assert!(
                sizes
                    .iter()
                    .all(|size| size.is_power_of_two() && *size <= MOST_ROWS)
            );
        }
    }
}
