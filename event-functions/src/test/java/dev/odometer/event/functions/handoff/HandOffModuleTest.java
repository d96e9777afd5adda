package dev.odometer.event.functions.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.handoff.InvoiceCourier;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandOffModuleTest {

    private static List<Schedule> schedules(String from) {
        return new HandOffModule(
                        Settings.none(InvoiceCourier.class),
                        Settings.none(WakeUp.class),
                        Settings.of(Map.of("odometer.billing.hand-off-from", from)))
                .handOffSchedules()
                .rows();
    }

    @Test
    void isOffByDefault() {
        assertThat(schedules("")).isEmpty();
        assertThat(schedules("2026-11-01T00:00:00Z"))
                .containsExactly(new Schedule("handOverInvoices", "* * * * *", ZoneOffset.UTC, "handOverInvoices"));
    }

    @Test
    void refusesAnotherTime() {
        assertThatThrownBy(() -> schedules("tomorrow"))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.billing.hand-off-from must be a time such as 2026-11-01T00:00:00Z,"
                        + " but is: tomorrow");
    }
}
