package dev.odometer.event.functions.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.archive.EventArchive;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ArchiveUsageTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:20:00Z");

    private final List<String> calls = new ArrayList<>();

    /** An archive with two parts to count and two files to write. */
    private final class Recorded implements EventArchive {

        private int toCount = 2;
        private int toArchive = 2;

        @Override
        public boolean archive(Instant before) {
            calls.add("archive " + before);
            return toArchive-- > 0;
        }

        @Override
        public boolean count() {
            calls.add("count");
            return toCount-- > 0;
        }

        @Override
        public Changed restore(Period period, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Changed erase(String subject, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }
    }

    private void run(Deadline deadline) {
        new ArchiveUsage(Recorded::new, Duration.ofDays(10))
                .accept(new Timed<>(new Tick("archiveUsage", NOW), deadline));
    }

    @Test
    void countsForNewMetersAndThenArchivesAllDueDays() {
        run(Deadline.NONE);

        String archive = "archive 2026-11-20T04:20:00Z";
        assertThat(calls).containsExactly("count", "count", "count", archive, archive, archive);
    }

    @Test
    void stopsBeforeTheDeadline() {
        assertThatThrownBy(() -> run(Deadline.in(Duration.ofSeconds(29))))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
        assertThat(calls).isEmpty();
    }

    private static List<Schedule> schedules(Map<String, Object> settings) {
        return new ArchiveModule(Settings.of(settings)).archiveSchedules().rows();
    }

    @Test
    void isOffByDefault() {
        assertThat(schedules(Map.of())).isEmpty();
        assertThat(schedules(Map.of("odometer.archive.container", "archive"))).isEmpty();
    }

    @Test
    void runsHourlyWithASetting() {
        assertThat(schedules(Map.of("odometer.archive.events-days", "30", "odometer.archive.container", "archive")))
                .containsExactly(new Schedule("archiveUsage", "20 * * * *", ZoneOffset.UTC, "archiveUsage"));
    }

    @Test
    void refusesToStartWithoutAContainer() {
        assertThatThrownBy(() -> schedules(Map.of("odometer.archive.events-days", "30")))
                .isInstanceOf(StartRefusal.class);
    }
}
