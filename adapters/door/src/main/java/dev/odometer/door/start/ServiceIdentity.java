package dev.odometer.door.start;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.Environment;

/** The name and the version of the service, which a platform reports as far as they are known. */
public final class ServiceIdentity {

    private ServiceIdentity() {}

    /** The values by {@code name} and {@code version}, from the settings {@code spring.application.*}. */
    public static Map<String, String> of(Environment environment) {
        var known = new TreeMap<String, String>();
        for (String property : List.of("name", "version")) {
            String value = environment.getProperty("spring.application." + property, "");
            if (!value.isBlank()) {
                known.put(property, value);
            }
        }
        return known;
    }
}
