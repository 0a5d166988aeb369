/* The files that come with the program: scripts, networks, lessons. Any thread. */
#ifndef BASE_SHIPPED_H
#define BASE_SHIPPED_H

/* Where they are: what LIFSCOPE_DATA says in the environment, else ../share/lifscope beside the program's directory,
 * where `make install` puts them, else `data` of the tree that it was built in. NULL: nowhere. The caller frees it. */
char *shipped_directory(void);
/* The path of the shipped script called `name`, with or without ".lif", in that directory or one below it; NULL: there
 * is none. A name with a slash in it is a path and no script's. The caller frees it. */
char *shipped_script(const char *name);

#endif
