-- What was told is known for longer than the notification is kept: a period can last longer than that, and each threshold
-- is told once in it. The first 16 bytes of SHA-256 over the rule and the occasion, as for events.
create table notification_told (
    key bytea primary key
);

insert into notification_told select key from notification where key is not null;

-- With its constraint.
alter table notification drop column key;

-- With a notification goes what became of it.
alter table notification_delivery
    drop constraint notification_delivery_notification_id_fkey,
    add constraint notification_delivery_is_of_a_notification
        foreign key (notification_id) references notification on delete cascade;

alter table notification_attempt
    drop constraint notification_attempt_is_at_a_delivery,
    add constraint notification_attempt_is_at_a_delivery
        foreign key (notification_id, channel_id) references notification_delivery on delete cascade;
