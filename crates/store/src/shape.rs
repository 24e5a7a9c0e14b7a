//! Statements over several rows, in few sizes, so that the databases' statement caches hold them.

use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

/// The most rows that one statement takes; SQLite looks up parameters by walking along them.
const MOST_ROWS: usize = 16;
const SIZES: usize = MOST_ROWS.ilog2() as usize + 1;

/// A statement that takes rows of parameters between its head and its tail.
pub(crate) struct Shape {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    sizes: [OnceLock<SqlStr>; SIZES],
}

impl Shape {
    /// The rows are written as `($1, $2), ($3, $4)`; those of one column as `$1, $2`.
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            tail,
            sizes: [const { OnceLock::new() }; SIZES],
        }
    }

    /// The rows in as few statements as the sizes allow, each with the rows it takes.
    pub(crate) fn statements<'a, T>(&self, rows: &'a [T]) -> Vec<(SqlStr, &'a [T])> {
        let mut statements = Vec::new();
        let mut rest = rows;
        while !rest.is_empty() {
            let size = rest.len().min(MOST_ROWS).ilog2();
            let (now, later) = rest.split_at(1 << size);
            statements.push((self.sql(size as usize), now));
            rest = later;
        }
        statements
    }

    fn sql(&self, size: usize) -> SqlStr {
        self.sizes[size]
            .get_or_init(|| {
                let rows: Vec<String> = (0..1 << size).map(|row| self.row(row)).collect();
                AssertSqlSafe(format!("{} {} {}", self.head, rows.join(", "), self.tail))
                    .into_sql_str()
            })
            .clone()
    }

    fn row(&self, row: usize) -> String {
        let first = row * self.columns + 1;
        if self.columns == 1 {
            return format!("${first}");
        }
        let places: Vec<String> = (first..first + self.columns)
            .map(|place| format!("${place}"))
            .collect();
        format!("({})", places.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_through() {
        let shape = Shape::new("insert into t (a, b) values", 2, "returning a");

        let statements = shape.statements(&["x", "y"]);

        assert_eq!(
            statements[0].0.as_str(),
            "insert into t (a, b) values ($1, $2), ($3, $4) returning a"
        );
    }

    #[test]
    fn any_number_of_rows_is_taken_in_sizes_of_two_to_the_n() {
        let shape = Shape::new("select a from t where a in (", 1, ")");

        for count in 0..=70 {
            let rows = vec![(); count];
            let sizes: Vec<usize> = shape
                .statements(&rows)
                .iter()
                .map(|(_, rows)| rows.len())
                .collect();
            assert_eq!(sizes.iter().sum::<usize>(), count);
            assert!(
                sizes
                    .iter()
                    .all(|size| size.is_power_of_two() && *size <= MOST_ROWS)
            );
        }
    }
}
