-- Calls by the number that they came from or went to: the digits that `calls.caller` begins with. Both databases
-- know `ltrim` with a set of letters, and find by this expression what is asked for by the same.
create index calls_by_number on calls (
    substr(caller, 1, length(caller) - length(ltrim(caller, '0123456789'))),
    started_at,
    sid
);
