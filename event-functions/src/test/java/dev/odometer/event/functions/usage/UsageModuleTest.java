package dev.odometer.event.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Binding;
import org.junit.jupiter.api.Test;

class UsageModuleTest {

    @Test
    void bindsTheUsageChannel() {
        assertThat(new UsageModule().usageBindings().rows())
                .containsExactly(Binding.events("usage", "recordUsage")
                        .batch()
                        .byKey()
                        .attempts(5)
                        .deadLetters("usage.parked"));
    }
}
