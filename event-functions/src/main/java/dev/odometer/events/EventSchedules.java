package dev.odometer.events;

import dev.odometer.binding.Schedule;
import dev.odometer.binding.Schedules;
import dev.odometer.events.notifications.DeliverNotifications;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** When which function runs. What the settings leave off is no schedule: nothing runs when there is nothing to do. */
public final class EventSchedules {

    static final String CONTAINER = "odometer.exports.container";
    static final String DAYS = "odometer.exports.days";
    static final String ZONE = "odometer.exports.zone";
    static final String PARKED_DAYS = "odometer.retention.parked-days";
    static final String EXPORTS_DAYS = "odometer.retention.exports-days";
    static final String NOTIFICATIONS_DAYS = "odometer.retention.notifications-days";

    /** Unless it is {@code false}: a rule that tells nobody would be one by mistake. */
    static final String DELIVER = "odometer.notifications.deliver";

    private EventSchedules() {}

    /** @param setting a setting's value by its name; empty when it is not set */
    static Schedules switchedOn(UnaryOperator<String> setting) {
        var rows = new ArrayList<Schedule>();
        boolean exports = !setting.apply(CONTAINER).isEmpty();
        String days = setting.apply(DAYS);
        if (exports) {
            rows.add(new Schedule("runExports", "* * * * *", ZoneOffset.UTC, "runExports"));
        }
        if (exports && !days.isEmpty() && !days.equals("0")) {
            rows.add(new Schedule("requestExports", "0 2 * * *", zone(setting.apply(ZONE)), "requestExports"));
        }
        if (Stream.of(PARKED_DAYS, EXPORTS_DAYS, NOTIFICATIONS_DAYS)
                .anyMatch(kept -> !setting.apply(kept).isEmpty())) {
            rows.add(new Schedule("applyRetention", "30 3 * * *", ZoneOffset.UTC, "applyRetention"));
        }
        if (!setting.apply(DELIVER).equalsIgnoreCase("false")) {
            rows.add(new Schedule(DeliverNotifications.NAME, "* * * * *", ZoneOffset.UTC, DeliverNotifications.NAME));
        }
        return new Schedules(rows);
    }

    static ZoneId zone(String setting) {
        return ZoneId.of(setting.isEmpty() ? "UTC" : setting);
    }
}
