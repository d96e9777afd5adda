-- Deltas are written in the order of their series from now on, so that one can be searched for. Those that are there
-- are put into it.
update rollup_delta d
set (series, minute, count, amount, first_at, last_at, last_position) = (
    select array_agg(u.series order by u.series, u.minute), array_agg(u.minute order by u.series, u.minute),
        array_agg(u.count order by u.series, u.minute), array_agg(u.amount order by u.series, u.minute),
        array_agg(u.first_at order by u.series, u.minute), array_agg(u.last_at order by u.series, u.minute),
        array_agg(u.last_position order by u.series, u.minute)
    from unnest(d.series, d.minute, d.count, d.amount, d.first_at, d.last_at, d.last_position)
        as u (series, minute, count, amount, first_at, last_at, last_position));

update distinct_delta d
set (series, minute, value) = (
    select array_agg(u.series order by u.series, u.minute), array_agg(u.minute order by u.series, u.minute),
        array_agg(u.value order by u.series, u.minute)
    from unnest(d.series, d.minute, d.value) as u (series, minute, value));
