package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.Profile;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.text.Glob;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of imports.
 *
 * @param maxRejectedShare the share of rejected lines, 0 to 1, above which an import fails
 * @param maxRecordBytes the maximum length of a line or element in bytes
 * @param maxDecompressedBytes the maximum size of a file when decompressed
 * @param maxCompressionRatio the maximum ratio of a file's decompressed to its stored size
 * @param ignored matches {@code container/key} of files that contain no usage
 */
public record ImportSettings(
        BigDecimal maxRejectedShare,
        int maxRecordBytes,
        long maxDecompressedBytes,
        int maxCompressionRatio,
        Glob ignored,
        List<Profile> profiles) {

    /**
     * Markers of folders, of completed Spark jobs and of checksums, manifests of AWS cost and usage reports, and metadata
     * of Athena.
     */
    static final String IGNORED = "**/,**/_SUCCESS,**/_started_*,**/_committed_*,**/*.crc,"
            + "**/*-Manifest.json,**/Manifest.json,**.metadata";

    private static final String PREFIX = "odometer.imports.";

    /**
     * Reads all settings at startup, so that an invalid one prevents the start rather than failing the first file.
     *
     * @param settings returns a setting by its name
     * @throws StartRefusal naming the invalid setting
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
                Glob.anyOf(Objects.requireNonNullElse(settings.apply(PREFIX + "ignore"), IGNORED)),
                profiles);
    }

    private static BigDecimal share(@Nullable String setting) {
        try {
            var share = new BigDecimal(setting == null ? "0.1" : setting);
            if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return share;
            }
        } catch (NumberFormatException none) {
            // Falls through to the same message.
        }
        throw new StartRefusal(PREFIX + "most-rejected must be a share from 0 to 1: " + setting);
    }

    private static long number(Function<String, @Nullable String> settings, String name, long defaultValue, long max) {
        String setting = settings.apply(PREFIX + name);
        try {
            long number = setting == null ? defaultValue : Long.parseLong(setting);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Falls through to the same message.
        }
        throw new StartRefusal(PREFIX + name + " must be a number from 1 to " + max + ": " + setting);
    }

    /** The first profile that matches the file. */
    Profile profile(FileName file) {
        return profiles.stream()
                .filter(profile -> profile.matches(file))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "no profile in odometer.imports.profiles matches the CSV file " + Refusal.quote(file.path())));
    }
}
