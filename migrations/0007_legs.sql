-- How many legs a call on the floor has beside the caller's own, or is about to have: for the account guard.

alter table floor add column legs bigint not null default 0;
