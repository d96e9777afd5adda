package dev.odometer.event.functions.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Courier;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationsModuleTest {

    private static List<Schedule> schedules(Map<String, Object> settings) {
        return new NotificationsModule(
                        Settings.none(Courier.class), Settings.none(Documents.class), Settings.none(WakeUp.class))
                .notificationSchedules(Settings.of(settings))
                .rows();
    }

    @Test
    void deliversUnlessDisabled() {
        var deliver = new Schedule("deliverNotifications", "* * * * *", ZoneOffset.UTC, "deliverNotifications");

        assertThat(schedules(Map.of())).containsExactly(deliver);
        assertThat(schedules(Map.of("odometer.notifications.deliver", ""))).containsExactly(deliver);
        assertThat(schedules(Map.of("odometer.notifications.deliver", "False"))).isEmpty();
    }
}
