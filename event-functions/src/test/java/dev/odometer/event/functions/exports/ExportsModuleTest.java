package dev.odometer.event.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.WakeUp;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportsModuleTest {

    private static final Schedule RUN = new Schedule("runExports", "* * * * *", ZoneOffset.UTC, "runExports");

    private static List<Schedule> schedules(Map<String, Object> settings) {
        return new ExportsModule(
                        Settings.none(FileStore.class),
                        Settings.none(WakeUp.class),
                        Settings.none(Documents.class),
                        Settings.of(settings))
                .exportSchedules()
                .rows();
    }

    @Test
    void schedulesNothingWithoutAContainer() {
        assertThat(schedules(Map.of())).isEmpty();
        assertThat(schedules(Map.of("odometer.exports.days", "7"))).isEmpty();
        assertThat(schedules(Map.of("odometer.exports.container", ""))).isEmpty();
    }

    @Test
    void writesExportsWhenAContainerIsSet() {
        assertThat(schedules(Map.of("odometer.exports.container", "c", "odometer.exports.days", "0")))
                .containsExactly(RUN);
    }

    @Test
    void requestsExportsInTheConfiguredZone() {
        Map<String, Object> nightly = Map.of(
                "odometer.exports.container", "c",
                "odometer.exports.days", "7",
                "odometer.exports.zone", "Europe/Berlin");

        assertThat(schedules(nightly))
                .containsExactly(
                        RUN, new Schedule("requestExports", "0 2 * * *", ZoneId.of("Europe/Berlin"), "requestExports"));
    }
}
