-- Who may sign in, and who has.
create table people (
    user_name text primary key,
    name text not null,
    role text not null,
    password_hash text not null,
    created_at bigint not null,
    deactivated_at bigint
);

create table setup_tokens (
    hash text primary key,
    created_at bigint not null,
    used_at bigint
);

create table sessions (
    id text primary key,
    user_name text,
    record text not null,
    expires_at bigint not null
);
create index sessions_by_user_name on sessions (user_name);
create index sessions_by_expiry on sessions (expires_at);

create table login_attempts (
    key text primary key,
    failures bigint not null,
    since bigint not null,
    blocked_until bigint not null
);
create index login_attempts_by_since on login_attempts (since);
