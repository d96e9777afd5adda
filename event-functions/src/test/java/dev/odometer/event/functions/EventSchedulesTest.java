package dev.odometer.event.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventSchedulesTest {

    private static List<Schedule> with(Map<String, String> settings) {
        Map<String, String> quiet = Map.of("odometer.notifications.deliver", "false");
        return EventSchedules.switchedOn(name -> settings.getOrDefault(name, quiet.getOrDefault(name, "")))
                .rows();
    }

    @Test
    void areNoneUnlessSwitchedOn() {
        assertThat(with(Map.of())).isEmpty();
        assertThat(with(Map.of("odometer.exports.days", "7"))).isEmpty();
    }

    @Test
    void writeExportsWhereThereIsAPlace() {
        assertThat(with(Map.of("odometer.exports.container", "c", "odometer.exports.days", "0")))
                .extracting(Schedule::name)
                .containsExactly("runExports");
    }

    @Test
    void askForExportsInTheirZone() {
        Map<String, String> nightly = Map.of(
                "odometer.exports.container", "c",
                "odometer.exports.days", "7",
                "odometer.exports.zone", "Europe/Berlin");

        assertThat(with(nightly))
                .contains(new Schedule("requestExports", "0 2 * * *", ZoneId.of("Europe/Berlin"), "requestExports"));
    }

    @Test
    void forgetWhereSomethingIsToBeForgotten() {
        for (String what : List.of("parked", "exports", "notifications")) {
            assertThat(with(Map.of("odometer.retention." + what + "-days", "30")))
                    .extracting(Schedule::name)
                    .containsExactly("applyRetention");
        }
    }

    @Test
    void deliverUnlessSwitchedOff() {
        assertThat(with(Map.of("odometer.notifications.deliver", "")))
                .containsExactly(
                        new Schedule("deliverNotifications", "* * * * *", ZoneOffset.UTC, "deliverNotifications"));
    }
}
