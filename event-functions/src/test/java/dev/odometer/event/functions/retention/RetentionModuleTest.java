package dev.odometer.event.functions.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionModuleTest {

    private static List<Schedule> schedules(Map<String, Object> settings) {
        return new RetentionModule(Settings.of(settings)).retentionSchedules().rows();
    }

    @Test
    void schedulesNothingWithoutASetting() {
        assertThat(schedules(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parked", "exports", "imports", "notifications", "minutes"})
    void schedulesDeletionWithASetting(String what) {
        assertThat(schedules(Map.of("odometer.retention." + what + "-days", "30")))
                .containsExactly(new Schedule("applyRetention", "30 3 * * *", ZoneOffset.UTC, "applyRetention"));
    }
}
