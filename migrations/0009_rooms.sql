-- Codes and PINs that somebody keyed in lately, by who they are. Each counts for a while: a wrong one, and one of which it
-- is not known yet whether it is right.
create table keyed_codes (
    who text primary key,
    tries text not null,
    counts_until bigint not null
);
create index keyed_codes_over on keyed_codes (counts_until);
