package dev.odometer.functions.text;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;

/** Zones by their names in the IANA time zone database, links included. Java's data leaves out some links. */
public final class TimeZones {

    /** The links of the database's file {@code backward} that Java leaves out, at least in some versions. */
    private static final Map<String, String> LINKS = Map.of(
            "EST", "America/Panama",
            "MST", "America/Phoenix",
            "HST", "Pacific/Honolulu",
            "ROC", "Asia/Taipei",
            "GMT0", "Etc/GMT",
            "GMT+0", "Etc/GMT",
            "GMT-0", "Etc/GMT");

    private TimeZones() {}

    /** The zone of that name, a link's target for a link. Offsets such as {@code +02:00} are not names. */
    public static Optional<ZoneId> named(String name) {
        String zone = LINKS.getOrDefault(name, name);
        return ZoneRulesProvider.getAvailableZoneIds().contains(zone) ? Optional.of(ZoneId.of(zone)) : Optional.empty();
    }
}
