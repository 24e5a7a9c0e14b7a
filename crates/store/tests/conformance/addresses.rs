//! Addresses of databases, good and bad.

use std::error::Error as _;

use store::{Error, Store};

#[tokio::test]
async fn a_missing_file_is_made_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not yet/there #1/desk?.db");
    let url = format!(
        "sqlite://{}",
        path.display().to_string().replace('?', "%3F")
    );

    let store = Store::open(&url).await.unwrap();
    store.migrate().await.unwrap();

    store.ping().await.unwrap();
    store.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let store = Store::open(&format!("sqlite://{}", path.display()))
        .await
        .unwrap();
    store.migrate().await.unwrap();

    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.path().display());
    }
    store.close().await;
}

#[tokio::test]
async fn tables_are_brought_up_to_date_as_often_as_one_likes() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("desk.db").display());
    let store = Store::open(&url).await.unwrap();

    store.migrate().await.unwrap();
    store.migrate().await.unwrap();

    store.close().await;
}

#[tokio::test]
async fn an_address_of_no_known_kind_is_refused() {
    for url in [
        "",
        "desk.db",
        "mysql://host/desk",
        "sqlite:",
        "sqlite://",
        "sqlite::memory:",
    ] {
        assert!(
            matches!(Store::open(url).await, Err(Error::Address(_))),
            "{url}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Dear Sir or Madam, ".repeat(100)).unwrap();

    let refused = Store::open(&format!("sqlite://{}", path.display())).await;

    assert!(matches!(refused, Err(Error::Database { .. })));
}

#[tokio::test]
async fn no_error_shows_a_password() {
    for url in [
        "postgres://ada:sesame@127.0.0.1:1/desk",
        "postgres://ada:sesame@[:1/desk",
        "pg://ada:sesame@x",
    ] {
        let error = Store::open(url).await.unwrap_err();

        let mut told = format!("{error} {error:?}");
        let mut cause = error.source();
        while let Some(error) = cause {
            told += &format!("{error} {error:?}");
            cause = error.source();
        }
        assert!(!told.contains("sesame"), "{told}");
    }
}
