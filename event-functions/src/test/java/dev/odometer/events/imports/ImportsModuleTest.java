package dev.odometer.events.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.binding.Binding;
import dev.odometer.events.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportsModuleTest {

    @Test
    void bindsFilesToTheirOwnChannel() {
        assertThat(new ImportsModule(Settings.of(Map.of())).fileBindings().rows())
                .containsExactly(
                        Binding.files("files", "importUsageFile").attempts(5).deadLetters("files.parked"));
    }
}
