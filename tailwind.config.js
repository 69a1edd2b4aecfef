/** The classes are read from the templates; the tokens stand in static/css/src/tokens.css. */
module.exports = {
  content: ["./views/**/*.templ"],
  theme: {
    extend: {
      fontFamily: {
        sans: ["Pretendard Variable", "-apple-system", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "sans-serif"],
      },
    },
  },
}
