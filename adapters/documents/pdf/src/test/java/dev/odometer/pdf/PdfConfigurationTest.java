package dev.odometer.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.documents.PageConverter;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PdfConfigurationTest {

    private static StandardEnvironment environment(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return environment;
    }

    private static long converters(Map<String, Object> settings) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(environment(settings));
            context.register(PdfConfiguration.class);
            context.refresh();
            return context.getBeanProvider(PageConverter.class).orderedStream().count();
        }
    }

    @Test
    void isOffByDefault() {
        assertThat(converters(Map.of())).isZero();
        assertThat(converters(Map.of("odometer.documents.pdf", "true"))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "odometer.documents.pdf,maybe",
        "odometer.documents.paper,A5",
        "odometer.documents.fonts,/does/not/exist"
    })
    void reportsAnInvalidSetting(String name, String value) {
        Map<String, Object> settings = new java.util.HashMap<>(Map.of("odometer.documents.pdf", "true"));
        settings.put(name, value);

        assertThatThrownBy(() -> PdfSettings.from(environment(settings)))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value);
    }

    @Test
    void aFolderMustContainFonts(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("b.ttf"));
        Files.createFile(folder.resolve("a.TTF"));
        Map<String, Object> settings =
                Map.of("odometer.documents.pdf", "true", "odometer.documents.fonts", folder.toString());

        assertThat(PdfSettings.from(environment(settings)))
                .isEqualTo(new PdfSettings(
                        PdfSettings.Paper.A4, java.util.List.of(folder.resolve("a.TTF"), folder.resolve("b.ttf"))));
        Files.delete(folder.resolve("a.TTF"));
        Files.delete(folder.resolve("b.ttf"));
        assertThatThrownBy(() -> PdfSettings.from(environment(settings))).hasMessageContaining("has none");
    }
}
