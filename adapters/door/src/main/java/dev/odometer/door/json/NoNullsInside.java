package dev.odometer.door.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Refuses nulls in lists and maps, unless their values may be any JSON. */
final class NoNullsInside extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        JavaType type = annotated.getType();
        JavaType content = type == null ? null : type.getContentType();
        return content == null || content.isJavaLangObject()
                ? super.findSetterInfo(config, annotated)
                : JsonSetter.Value.forContentNulls(Nulls.FAIL);
    }
}
