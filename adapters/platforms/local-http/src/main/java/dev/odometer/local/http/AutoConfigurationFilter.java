package dev.odometer.local.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Disables Spring's own auto-configurations, except those that the service uses: the others cost start-up time or would
 * create a second data source. Auto-configurations of other projects are not filtered.
 */
final class AutoConfigurationFilter implements AutoConfigurationImportFilter {

    private static final Set<String> USED = Set.of(
            "org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration",
            "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
            "org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration");

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = name != null && (!isSprings(name) || USED.contains(name));
        }
        return matches;
    }

    /** Also checks the suffix, because the filter is called for nested classes of enabled auto-configurations too. */
    private static boolean isSprings(String name) {
        return name.startsWith("org.springframework.") && name.endsWith("AutoConfiguration");
    }
}
