package dev.odometer.pdf;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The settings of PDF documents.
 *
 * @param fonts TrueType fonts; a character is printed in the first one that contains it. Empty for the standard fonts
 *     of PDF, which contain only the letters of Western European languages
 */
record PdfSettings(Paper paper, List<Path> fonts) {

    private static final String PREFIX = "odometer.documents.";

    /** The size of the paper. */
    enum Paper {
        A4("210", "297"),
        LETTER("215.9", "279.4");

        private final String millimeters;

        Paper(String width, String height) {
            millimeters = width + "mm " + height + "mm";
        }

        /** The size in CSS: the width and the height. */
        String css() {
            return millimeters;
        }
    }

    PdfSettings {
        fonts = List.copyOf(fonts);
    }

    /**
     * Reads the settings; null if PDF is off.
     *
     * @throws StartRefusal naming the setting that is invalid
     */
    static @Nullable PdfSettings from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        if (!settings.flag(PREFIX + "pdf", false)) {
            return null;
        }
        String folder = environment.getProperty(PREFIX + "fonts", "").strip();
        return new PdfSettings(
                settings.choice(PREFIX + "paper", Paper.class, Paper.A4), folder.isEmpty() ? List.of() : fonts(folder));
    }

    private static List<Path> fonts(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> fonts = files.filter(
                            file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".ttf"))
                    .sorted()
                    .toList();
            if (!fonts.isEmpty()) {
                return fonts;
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw new StartRefusal(PREFIX + "fonts must be a folder with fonts, but is: " + folder);
        }
        throw new StartRefusal(PREFIX + "fonts must be a folder with .ttf files, but has none: " + folder);
    }
}
