#include "draw/view.h"

#include <string.h>

const struct subject *view_subject(const struct view *view, const char *name)
{
    for (size_t i = 0; i < view->subjects; i++)
        if (strcmp(view->subject[i].name, name) == 0)
            return &view->subject[i];
    return NULL;
}
