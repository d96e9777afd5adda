package dev.odometer.functions.health;

import java.util.Optional;

/** A condition that must hold before a process can serve requests, such as a database that responds. */
@FunctionalInterface
public interface ReadinessCheck {

    /**
     * Why the condition does not hold, or empty if it holds. The sentence is public: health endpoints return it without
     * authentication.
     */
    Optional<String> problem();
}
