-- Rooms of conference lines: each as it stands, and whether anybody is in it or on the way (0 no, 1 yes).
create table rooms (
    id text primary key,
    version bigint not null,
    state text not null,
    is_live bigint not null,
    changed_at bigint not null
);
create index rooms_live on rooms (is_live);

-- One row for each gathering that is over: from the first who came to the last who left.
create table conferences (
    room_id text not null,
    gathering bigint not null,
    opened_at bigint not null,
    met_at bigint,
    closed_at bigint not null,
    visits bigint not null,
    primary key (room_id, gathering)
);
create index conferences_over on conferences (closed_at);

-- One row for each stay that is over.
create table attendance (
    room_id text not null,
    gathering bigint not null,
    call_sid text not null,
    came_at bigint not null,
    met_at bigint,
    left_at bigint not null,
    state text not null,
    primary key (room_id, gathering, call_sid, came_at)
);

-- What was done in a room, in plain words; a line's place follows the version of the room that it made.
create table room_log (
    room_id text not null,
    seq bigint not null,
    at bigint not null,
    line text not null,
    primary key (room_id, seq)
);
