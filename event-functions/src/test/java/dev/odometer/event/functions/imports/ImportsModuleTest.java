package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.binding.Binding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportsModuleTest {

    @Test
    void bindsTheFilesChannel() {
        assertThat(new ImportsModule(Settings.of(Map.of())).fileBindings().rows())
                .containsExactly(
                        Binding.files("files", "importUsageFile").attempts(5).deadLetters("files.parked"));
    }
}
