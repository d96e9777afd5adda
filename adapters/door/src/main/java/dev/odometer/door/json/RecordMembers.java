package dev.odometer.door.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Refuses nulls in lists and maps, unless their values may be any JSON. The member of a record's component that ends with
 * an underscore has the name without it: {@code default} and other keywords of Java cannot name a component.
 */
final class RecordMembers extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        JavaType type = annotated.getType();
        JavaType content = type == null ? null : type.getContentType();
        return content == null || content.isJavaLangObject()
                ? super.findSetterInfo(config, annotated)
                : JsonSetter.Value.forContentNulls(Nulls.FAIL);
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated annotated) {
        PropertyName name = memberName(annotated);
        return name == null ? super.findNameForSerialization(config, annotated) : name;
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated annotated) {
        PropertyName name = memberName(annotated);
        return name == null ? super.findNameForDeserialization(config, annotated) : name;
    }

    private static @Nullable PropertyName memberName(Annotated annotated) {
        String component = annotated.getName();
        return component != null && component.endsWith("_")
                ? PropertyName.construct(component.substring(0, component.length() - 1))
                : null;
    }
}
