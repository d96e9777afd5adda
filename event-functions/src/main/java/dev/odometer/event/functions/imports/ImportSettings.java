package dev.odometer.event.functions.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the application sets for imports.
 *
 * @param mostRejected the share of lines, 0 to 1, above which a file is not what it should be
 * @param longestLine in bytes
 * @param mostUnpacked bytes that a file may have unpacked
 * @param mostRatio how many times as large a file may become unpacked
 */
public record ImportSettings(
        BigDecimal mostRejected, int longestLine, long mostUnpacked, int mostRatio, List<Profile> profiles) {

    private static final String PREFIX = "odometer.imports.";

    /**
     * Reads them all at once, so that a wrong one stops the start and not the first file.
     *
     * @param settings gives a setting by its name
     * @throws StartRefusal naming the one that is wrong
     */
    public static ImportSettings from(Function<String, @Nullable String> settings) {
        String names = settings.apply(PREFIX + "profiles");
        List<Profile> profiles = Stream.of(names == null ? new String[0] : names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> Profile.of(name, settings))
                .toList();
        return new ImportSettings(
                share(settings.apply(PREFIX + "most-rejected")),
                (int) number(settings, "longest-line", 262_144, 16_777_216),
                number(settings, "most-unpacked", 100L << 30, Long.MAX_VALUE),
                (int) number(settings, "most-ratio", 200, Integer.MAX_VALUE),
                profiles);
    }

    private static BigDecimal share(@Nullable String setting) {
        try {
            var share = new BigDecimal(setting == null ? "0.1" : setting);
            if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return share;
            }
        } catch (NumberFormatException none) {
            // The same sentence.
        }
        throw new StartRefusal(PREFIX + "most-rejected must be a share from 0 to 1: " + setting);
    }

    private static long number(Function<String, @Nullable String> settings, String name, long usual, long most) {
        String setting = settings.apply(PREFIX + name);
        try {
            long number = setting == null ? usual : Long.parseLong(setting);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // The same sentence.
        }
        throw new StartRefusal(PREFIX + name + " must be a number from 1 to " + most + ": " + setting);
    }

    /** The first profile that is for the file. */
    Profile profile(FileName file) {
        return profiles.stream()
                .filter(profile -> profile.isFor(file))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("no profile in odometer.imports.profiles is for CSV files like "
                        + Refusal.quote(file.container() + "/" + file.key())));
    }
}
