package dev.odometer.functions.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.binding.Binding.Ordering;
import dev.odometer.functions.binding.Binding.Payload;
import org.junit.jupiter.api.Test;

class BindingTest {

    @Test
    void defaultsToOneItemPerCallWithoutOrderingAndFiveAttempts() {
        assertThat(Binding.events("orders", "recordOrder"))
                .isEqualTo(new Binding(
                        "orders", "recordOrder", Payload.EVENTS, Mode.ITEM, Ordering.NONE, 5, "orders.parked", true));
        assertThat(Binding.files("scans", "readScan"))
                .isEqualTo(new Binding(
                        "scans", "readScan", Payload.FILES, Mode.ITEM, Ordering.NONE, 5, "scans.parked", true));
    }

    @Test
    void changesOnePropertyPerMethod() {
        Binding row = Binding.files("scans", "readScan")
                .batch()
                .byKey()
                .attempts(2)
                .deadLetters("bin")
                .withoutItemReports();

        assertThat(row)
                .isEqualTo(
                        new Binding("scans", "readScan", Payload.FILES, Mode.BATCH, Ordering.BY_KEY, 2, "bin", false));
        assertThat(row.byPartition())
                .isEqualTo(new Binding(
                        "scans", "readScan", Payload.FILES, Mode.BATCH, Ordering.BY_PARTITION, 2, "bin", false));
    }
}
