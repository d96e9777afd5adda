package dev.odometer.door.start;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationImportListener;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/** Every auto-configuration that a jar brings but Spring's own, in the order that they ask for. */
final class BroughtConfigurations extends AutoConfigurationImportSelector {

    @Override
    protected List<String> getCandidateConfigurations(
            AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
        return super.getCandidateConfigurations(metadata, attributes).stream()
                .filter(name -> !name.startsWith("org.springframework."))
                .toList();
    }

    @Override
    protected boolean isEnabled(AnnotationMetadata metadata) {
        return true;
    }

    @Override
    protected @Nullable AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
        return null;
    }

    @Override
    protected Set<String> getExclusions(AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
        return Set.of();
    }

    @Override
    protected List<AutoConfigurationImportFilter> getAutoConfigurationImportFilters() {
        return List.of();
    }

    @Override
    protected List<AutoConfigurationImportListener> getAutoConfigurationImportListeners() {
        return List.of();
    }
}
