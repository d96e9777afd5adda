package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.text.Glob;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping from the columns of some CSV files to events.
 *
 * @param files matches {@code container/key} of the files it applies to
 * @param id the column of ids; null for ids made of the file's name and the line
 * @param type the type of all events, or null if {@code typeColumn} has it
 * @param source the source of all events; null for the file's container
 */
public record Profile(
        String name,
        Glob files,
        char separator,
        @Nullable String id,
        String subject,
        String time,
        TimeReader times,
        @Nullable String type,
        @Nullable String typeColumn,
        @Nullable String source,
        TextEncoding encoding,
        NumberSyntax numbers,
        List<DataColumn> data) {

    private static final String PREFIX = "odometer.imports.profile.";

    /**
     * Reads a profile's settings.
     *
     * @throws StartRefusal naming the invalid setting
     */
    public static Profile of(String name, Function<String, @Nullable String> settings) {
        if (!name.matches("[A-Za-z0-9]+")) {
            // Other characters do not survive in the name of an environment variable.
            throw new StartRefusal("odometer.imports.profiles: a name must consist of letters and digits: " + name);
        }
        try {
            return of(name, new Settings(PREFIX + name + ".", settings));
        } catch (IllegalArgumentException wrong) {
            throw new StartRefusal(PREFIX + name + ": " + wrong.getMessage());
        }
    }

    private static Profile of(String name, Settings settings) {
        String type = settings.get("type");
        String typeColumn = settings.get("type-column");
        if ((type == null) == (typeColumn == null)) {
            throw new IllegalArgumentException("either type or type-column is required");
        }
        String data = settings.get("data");
        return new Profile(
                name,
                Glob.of(settings.required("files")),
                separator(settings.get("separator")),
                settings.get("id"),
                settings.required("subject"),
                settings.required("time"),
                TimeReader.of(settings.get("time-format"), settings.get("zone")),
                type,
                typeColumn,
                settings.get("source"),
                TextEncoding.of(settings.get("charset")),
                NumberSyntax.of(settings.get("decimal-separator"), settings.get("grouping-separator")),
                data == null ? List.of() : DataColumn.parse(data));
    }

    private record Settings(String prefix, Function<String, @Nullable String> all) {

        @Nullable
        String get(String key) {
            String value = all.apply(prefix + key);
            return value == null || value.isEmpty() ? null : value;
        }

        String required(String key) {
            String value = get(key);
            if (value == null) {
                throw new IllegalArgumentException(key + " is required");
            }
            return value;
        }
    }

    private static char separator(@Nullable String setting) {
        String separator = setting == null ? "," : setting.equals("tab") ? "\t" : setting;
        if (separator.length() != 1 || !isSeparator(separator.charAt(0))) {
            throw new IllegalArgumentException("separator must be tab or one ASCII character: " + setting);
        }
        return separator.charAt(0);
    }

    static boolean isSeparator(char c) {
        return c <= 0x7E && "\"\r\n".indexOf(c) < 0;
    }

    public boolean matches(FileName file) {
        return files.matches(file.path());
    }
}
